"""Addresses of the tiles; finished and on-demand tiles are answered by TileMiddleware."""

from django.urls import path, re_path

from tiles import views

urlpatterns = [
    path("layers.json", views.layers_json, name="layers"),
    path("area.json", views.area_json, name="area"),
    path("styles/<slug:name>.json", views.style_json, name="style"),
    path("<slug:layer_id>.json", views.tilejson_view, name="tilejson"),
    path("<slug:layer_id>/edition-<int:edition>/<int:z>/<int:x>/<int:y>.mvt", views.edition_tile),
    re_path(r"^(?P<rest>.+)\.mvt$", views.bad_tile),
]
