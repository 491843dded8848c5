/** Where in a text a picture stands: the object replacement character, which is no letter of any text (Unicode §23.8). */
export const PICTURE_PLACE = '\ufffc';
