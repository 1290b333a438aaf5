/** Who keeps the ledger of the example: their accounts and categories, and what they spend in a month. */
export const [GIRO, SAVINGS, WALLET, VISA, LOAN, DEPOT] = [1, 2, 3, 4, 5, 6];
export const READY_TO_ASSIGN = 1;
export const VISA_PAYMENT = 2;
export const HOLIDAY_TAG = 1;

/** Id, group, name, what it is given each month. */
export const categories = [
  [3, 3, 'Mortgage', 98_000],
  [4, 3, 'Electricity and heating', 19_500],
  [5, 3, 'Phone and internet', 5_990],
  [6, 3, 'Insurance', 14_200],
  [7, 4, 'Groceries', 74_000],
  [8, 4, 'Household', 9_000],
  [9, 4, 'Transport', 30_000],
  [10, 4, 'Eating out', 33_000],
  [11, 5, 'Clothes', 9_000],
  [12, 5, 'Health', 5_600],
  [13, 5, 'Holiday', 22_000],
  [14, 5, 'Gifts', 4_000],
];

/** Account, payees, category, least and most it costs, how often in a month; a day where it is always the same. */
export const habits = [
  [GIRO, ['Stadtwerke'], 4, 18_200, 20_900, 1, 3],
  [GIRO, ['Telekom'], 5, 5_990, 5_990, 1, 5],
  [GIRO, ['Allianz', 'HUK'], 6, 6_900, 7_300, 2, 2],
  [GIRO, ['Rewe', 'Edeka', 'Aldi', 'Wochenmarkt'], 7, 1_400, 7_800, 11],
  [VISA, ['Rewe', 'Alnatura', 'Bäckerei Kern'], 7, 350, 4_200, 8],
  [GIRO, ['dm', 'Rossmann', 'Baumarkt'], 8, 600, 3_900, 4],
  [GIRO, ['Bahn', 'BVG'], 9, 320, 5_400, 6],
  [VISA, ['Bahn', 'Tankstelle', 'Carsharing'], 9, 800, 6_200, 4],
  [VISA, ['Trattoria Roma', 'Sushi Bar', 'Café Anna'], 10, 900, 5_200, 8],
  [WALLET, ['Bäckerei Kern', 'Café Anna', 'Kiosk'], 10, 180, 950, 16],
  [WALLET, ['Wochenmarkt'], 7, 500, 2_400, 5],
  [VISA, ['Zalando', 'Schuhhaus Lenz'], 11, 1_900, 9_800, 1],
  [GIRO, ['Apotheke am Markt', 'Dr. Sommer'], 12, 600, 4_800, 2],
  [GIRO, ['Buchhandlung', 'Blumen Lotte'], 14, 900, 4_500, 1],
];
