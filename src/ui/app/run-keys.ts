/** Where runs are kept in the browser. */

/** The run of the last visit. */
export const sessionKey = 'svmscope.session';

/** The run that was left for it. */
export const previousKey = 'svmscope.previous';

/** The runs of other programs that a talk came by. */
export const shelfKey = 'svmscope.shelf';

/** The run at an entry of the browser's history. */
export const placeKey = (id: string): string => `svmscope.place.${id}`;
