/** Texts of the links of the About card. */
export const iconLinkMessages = {
  release: 'Release',
  deploy: 'Deploy',
  migrate: 'Migrate',
} as const;
