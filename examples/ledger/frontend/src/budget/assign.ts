import type { Budget, Category } from '../api/types';

export const findCategory = (
  budget: Budget,
  categoryId: number,
): Category | undefined =>
  budget.groups
    .flatMap(group => group.categories)
    .find(category => category.id === categoryId);

/** The budget as it is once the category has been given this much: what it gets more, ready to assign has less. */
export function assign(
  budget: Budget,
  categoryId: number,
  budgetedMinor: number,
): Budget {
  const category = findCategory(budget, categoryId);
  if (!category) return budget;
  const more = budgetedMinor - category.budgetedMinor;
  return {
    ...budget,
    readyToAssignMinor: budget.readyToAssignMinor - more,
    groups: budget.groups.map(group => ({
      ...group,
      categories: group.categories.map(one =>
        one.id === categoryId
          ? {
              ...one,
              budgetedMinor,
              availableMinor: one.availableMinor + more,
            }
          : one,
      ),
    })),
  };
}
