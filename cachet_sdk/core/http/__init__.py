"""One request on its way to the server: nothing here knows what a page or a model is."""
