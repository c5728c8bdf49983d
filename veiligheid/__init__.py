"""The ground of the house: settings, notation, charts, tables and the embedded database. It knows no budget."""
