/** What the service is called in the header and in the browser's tab: index.html says it, before any page does. */
export const TITLE: string = document.title;
