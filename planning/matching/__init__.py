"""Which parcel a certificate's corner table means."""
