/** Fewest characters of a password, in code points. */
export const PASSWORD_MINIMUM = 8;
/** Most characters of a password, in UTF-16 code units, as an input's maxLength counts. */
export const PASSWORD_MAXIMUM = 128;
