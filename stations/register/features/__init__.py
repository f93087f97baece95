"""Stations and villages as rows of columns for GIS programs, and as vector tiles; never a report, never a person."""
