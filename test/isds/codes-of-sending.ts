/** Every status code with which ISDS can refuse when something is sent, by the question that it answers (isds §9). */

/** Of CheckDataBox. */
export const ABOUT_THE_BOX = words('1007 5001');

/** Of ISDSSearch3. */
export const ABOUT_THE_SEARCH = words('1152 1153 1154 1155 1156 1180 1186 1187 1188 1189 9002');

/** Of CreateMessage, its sisters for several recipients and large messages, and UploadAttachment; and of any call. */
export const ABOUT_THE_MESSAGE = words(`
  1004 1026 1094 1179 1200 1201 1202 1203 1204 1205 1206 1213 1214 1215 1216 1217 1225 1226 1227 1228
  1232 1233 1234 1235 1236 1242 1246 1251 1252 1253 1259 1280 1281 1282 1283 1284 1285 1286 1287 1288
  1289 1290 1291 1292 1293 1294 1295 1296 1297 1298 1300 1301 2003 2004 2005 2006 2007 2008 2010 2011
  2017 2018 2019 2020 2032 2033 2034 2035 2036 2037 2042 2046 2100 2101 3000 3003 3007 3008 3009 3013
  9001 9005 9008 9009 9100 9102 9105 9123 9300 9400 9401 9402 9600 9601 9602 9603 9700 9900 9901
`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
