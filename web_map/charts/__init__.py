"""Pictures of figures as plain SVG: shapes and text only, no style, no script; read in colour, in grey and aloud."""
