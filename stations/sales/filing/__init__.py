"""Take a month's report in, from owner, proxy, workbook or feed, and keep every version. It judges no figure."""
