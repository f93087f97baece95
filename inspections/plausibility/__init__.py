"""Why a visit or a photo may be doubted: reasons with their figures. It never refuses and never accuses."""
