"""Error pages (the templates are 400.html, 403.html, 404.html, 500.html); fragments for htmx."""
