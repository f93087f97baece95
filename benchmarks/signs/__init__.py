"""Reading signs, measured: pictures drawn harder than the development set, judged by condition; nothing here ships."""
