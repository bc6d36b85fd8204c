"""Django's PostGIS engine with a cheaper look at kept connections."""
