declare module 'virtual:chart-layout' {
  // An ambient module cannot import by a relative name.
  // oxlint-disable-next-line typescript/consistent-type-imports
  export const layout: import('./layout/types.ts').ChartLayout;
}
