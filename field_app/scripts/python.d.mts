export function ask(module: string, ...options: string[]): any
export const generated: string
