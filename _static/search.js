// The search page: loads the index when there is something to search for.
(() => {
  const root = document.documentElement.dataset.content_root;
  // A browser reads no other file for a page that was opened from a file: results without excerpts.
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  if (new URLSearchParams(location.search).get("q")) Search.loadIndex(`${root}searchindex.js`);
  const field = document.querySelector(".bd-search-container input[type=search]");
  if (field) field.select();
})();
