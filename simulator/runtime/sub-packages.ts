// Which package a file belongs to.
import type { AppJson } from './contract.ts'

type SubPackages = Pick<AppJson, 'subPackages'>

/** Roots of the sub-packages, without slashes at their ends. */
export const packageRoots = ({ subPackages = [] }: SubPackages): string[] => subPackages.map(({ root }) => root.replace(/^\/|\/$/g, ''))

/** @returns the root of its sub-package; '' for the main package */
export const packageOf = (appJson: SubPackages, path: string): string =>
  packageRoots(appJson).find(root => path.startsWith(`${root}/`)) ?? ''
