export { titlesModule } from './titlesModule';
export { usePageTitle } from './usePageTitle';
