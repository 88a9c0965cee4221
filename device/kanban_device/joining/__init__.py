"""How a station gets its certificate from the hub, another one in time, and where it keeps both."""
