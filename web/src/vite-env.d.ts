/** A digest of the API's types, from the build. */
declare const API_SHAPE: string;
