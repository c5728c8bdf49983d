"""How people come in at /beheer/: password, second step, the organisation's login service; and for how long."""
