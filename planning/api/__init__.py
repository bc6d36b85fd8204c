"""The doors of the API to planning: everybody may read them."""
