"""The extract: all that is known about one parcel on one date."""
