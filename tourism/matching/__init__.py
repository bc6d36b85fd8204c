"""Which places of OpenStreetMap are which of the register: scored here, decided by a person."""
