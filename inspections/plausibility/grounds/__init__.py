"""Why a visit may be doubted, one file for each thing that is looked at. Pure: plain values in, reasons out."""
