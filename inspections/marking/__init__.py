"""Copies of photos that say of themselves when, where and by whom they were taken. It never touches an original."""
