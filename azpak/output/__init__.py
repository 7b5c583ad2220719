"""What a cell hands to the page: named values, tables, figures."""
