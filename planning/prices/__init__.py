"""Land prices: which row of which table holds for a parcel."""
