// The switch that opens and closes all code of a page; without it each fold opens by itself.
document.querySelectorAll(".code-switch button").forEach((button) => {
  const folds = document.querySelectorAll("details.how-computed");
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    folds.forEach((fold) => { fold.open = open; });
    button.setAttribute("aria-pressed", String(open));
  });
  button.parentElement.classList.add("ready");
});
