/** What the build and the server write into the worker. */
declare const BUILT_FILES: readonly string[];
declare const BUILT_VERSION: string;

/** Every file of the page, by path. */
export const BUILT: readonly string[] = BUILT_FILES;
/** Of those files and the document around them. */
export const VERSION: string = BUILT_VERSION;
/** Of what the server adds to the document: the scene's name, the policy. Filled in as the worker is served. */
export const SHELL_STAMP = "__SHELL_STAMP__";
