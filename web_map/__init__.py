"""Maps and pages out of rows: Folium's shell, our own layer, our own files. It knows neither HTTP nor the database."""
