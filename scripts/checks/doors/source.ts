// What is read: the product's files, and the columns of its tables.
export interface Source {
  path: string
  text: string
}

/** `provider.name` */
export interface Column {
  table: string
  column: string
}
