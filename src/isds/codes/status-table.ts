/** The status codes of ISDS that a gateway can meet, a line each: code, class, meaning (isds §9). */

export const STATUS_TABLE = `
0000 success Done
0001 success Request recorded, will be processed later
0002 success-empty No data box matches
0003 success Too many matches, result truncated to the limit (100)
0004 partial Some recipients of a multi-message failed; read each dmSingleStatus
0005 success Signed content is returned, but its seal has no time stamp (TSA slow)
0006 success Some items of a non-public batch operation failed
0007 success Some messages could not be restored from the vault bin
0008 success ICO not found in the register of persons
0009 success-empty Exactly one box found, but it does not accept PDZ from you (its data are not returned)
1004 missing-right You are not entitled to this operation
1005 missing-right Policy forbids the operation
1007 user-error Box type or box ID (or ICO) must be given
1026 user-error Box not activated yet: first login must be on the portal
1050 temporary Communication with the population register failed
1058 user-error Wrong dates
1066 user-error Password length must be 8 to 64
1067 user-error New password equals the old one (ChangePasswordOTP: any used one)
1068 client-bug Mandatory input empty
1079 user-error Password contains a forbidden character
1080 user-error Password needs an upper-case letter, a lower-case letter and a digit
1081 user-error Three identical characters in a row
1082 user-error Password contains the user name
1083 user-error Password too trivial (starts qwert, asdgf/asdfg, 12345)
1090 auth Old password is not valid
1091 user-error New password was used before
1093 user-error Date out of range (history about 15 months)
1094 temporary Data not available yet
1101 user-error Box type must be given
1102 user-error Part of the name must be given
1103 user-error Surname (or name prefix or ICO) must be given
1104 user-error Birth date required (unused)
1105 user-error Box ID missing (unused)
1106 user-error Too many results, be more specific
1108 user-error Name or surname prefix too short
1109 user-error Search is not unique: a non-OVM box may only search one concrete PDZ box
1112 user-error Surname or name required
1113 user-error Password of an account with SMS login cannot be changed here: use ChangePasswordOTP
1114 user-error Login method does not allow a password change (access interface)
1131 client-bug Wrong parameter
1137 user-error Interval too long
1152 user-error Search text empty
1153 user-error Box ID invalid (checksum) with searchType DBID
1154 user-error ICO invalid with searchType ICO
1155 client-bug Invalid input (negative page, unknown scope)
1156 client-bug pageSize above 100
1178 user-error Undelivered message "exclusively for the addressee in person" (VVR): this login can never fetch it; the holder must use the portal
1179 client-bug Wrong list of personal data (dmPublishOwnID versus IdLevel)
1180 user-error Search phrase shorter than 2 characters
1186 user-error (seen by third parties in search operations; meaning not found)
1187 user-error (as 1186)
1188 user-error (as 1186)
1189 user-error Page number too high (above 99)
1200 user-error Message exceeds the size limit
1201 user-error The box you are logged in to is not accessible (disabled): no sending
1202 user-error Recipient box does not exist
1203 user-error System boxes aaaaaaa and zzzzzzq cannot be addressed or used
1204 user-error Recipient box not accessible (disabled or not yet activated)
1205 user-error Sender may not send PDZ (for example low credit)
1206 missing-right User lacks the right to send (PRIVIL_CREATE_DM)
1207 missing-right User lacks the right to read any message
1208 missing-right User lacks the right to read messages for personal delivery
1209 missing-right User lacks the right to see message data (PRIVIL_VIEW_INFO)
1210 not-obtainable Content no longer available (erased); envelope still is
1211 user-error Message of another box, or wrong direction (sent versus received)
1212 missing-right Only the primary person may read (unused)
1213 user-error MIME type not allowed
1214 user-error Attachment refused by the content check (text says why, since 2024 ends with ":file name")
1215 user-error Test box and real box cannot exchange messages
1216 user-error Sending to the own box is not allowed
1217 user-error Too many recipients (50; for PDZ 1)
1218 missing-right User lacks the right to erase vault messages
1219 not-obtainable Message is not in the database: erased, wrong number, envelope only in archive. Never retry
1220 missing-right No right to read vault messages (unused)
1221 user-error Message is not in the vault
1222 list-first Message not yet delivered: state 4 or 5. Call GetListOfReceivedMessages with a login that has the reading right, then retry
1225 client-bug Invalid character in the input (control characters, surrogates, U+FFFE/FFFF)
1226 client-bug Base64 of an attachment is invalid
1227 user-error Base64 of an attachment is empty: zero-byte files are refused
1228 user-error Audit object cannot exchange with real boxes
1229 temporary Sent message not yet delivered to the recipient (no stamp yet)
1230 not-obtainable Received message is undeliverable (state 8)
1232 user-error Neither side is OVM and the recipient does not accept PDZ
1233 user-error Neither side is OVM and the message is marked non-commercial (dmType V)
1234 user-error No reply PDZ (type O) possible to that box with that reference number
1235 user-error Initiatory PDZ (type I) needs dmSenderRefNumber
1236 user-error Reply PDZ (type O) needs dmRecipientRefNumber
1242 user-error Initiatory PDZ without a contract
1244 not-obtainable Message destroyed under section 20(2) of the Act (virus)
1246 user-error Not possible with a test box or audit object
1248 user-error Message is not delivered, cannot be marked as read
1251 user-error Initiatory message was not delivered by login, reply impossible
1252 user-error Malicious code found in an attachment (portal)
1253 user-error Too many attachments
1259 client-bug Wrong combination of PDZ parameters
1263 user-error Interval longer than one month
1264 client-bug dmMessageType must be SENT or RECEIVED
1265 client-bug dmOutFormat must be XML or CSV
1266 user-error End date too recent
1267 client-bug ntfScope must be ALL or SINGLE_BOX
1268 client-bug action must be 0 or 1
1269 success Registration already exists (treat as success)
1270 success Registration does not exist (treat as success)
1271 missing-right Scope ALL only for the access interface (HSSU)
1272 user-error ntfFromTime more than 3 days in the past
1273 user-error Box not registered for notifications by this application
1280 user-error Attachment name longer than 255 characters
1281 other-service Service not meant for this kind of message (ordinary service on a VoDZ or vice versa)
1282 user-error Attachments of an ordinary message exceed 20 MB
1283 client-bug VoDZ cannot go to several recipients
1284 client-bug Missing data in an attachment reference
1285 client-bug Message with an external attachment must be sent as VoDZ
1286 temporary Upload quota of unused attachments exhausted (5 GB per box)
1287 user-error Attachment too large
1288 client-bug Digest missing in the attachment reference
1289 client-bug Digest in the attachment reference badly formed
1290 upload-again Digest does not match the stored attachment
1291 client-bug dmFileMetaType missing
1292 client-bug dmAttID missing (text says dmFileAttId)
1293 client-bug Attachment ID belongs to another box/user
1294 upload-again Attachment ID does not exist (perhaps erased after 2 hours)
1295 user-error Inline attachment in CreateBigMessage too large
1296 user-error Attachments exceed the allowed total
1297 client-bug Attachments below the VoDZ minimum (about 18 MB): send as ordinary message
1298 temporary Too many parallel VoDZ requests
1299 end-of-enumeration Attachment number does not exist (numbered from 0); normal end of enumeration
1300 user-error Not allowed on a demonstration box
1301 client-bug Service ended, use the newer one
1600 user-error No live message with this ID
1609 user-error SuspMessageReport input/state error (1609 to 1616; exact meanings not found)
1610 user-error as 1609
1611 user-error as 1609
1612 user-error as 1609
1613 user-error as 1609
1614 user-error as 1609
1615 user-error as 1609
1616 user-error as 1609
2003 client-bug Start element expected, something else found
2004 client-bug End element expected, something else found
2005 client-bug Text expected
2006 client-bug Unknown operation (also: right operation on the wrong endpoint)
2007 client-bug XML not well-formed
2008 temporary SOAP input ended prematurely
2010 client-bug Wrong structure of attachment n (dmFiles/dmFile/dmEncodedContent or dmXMLContent)
2011 user-error Box ID fails the checksum or is malformed
2013 user-error Wrong birth date
2014 user-error Wrong user name syntax
2015 client-bug Unknown box type
2016 user-error Wrong ICO
2017 client-bug Wrong date syntax
2018 client-bug Wrong boolean
2019 user-error Wrong message ID syntax
2020 temporary Premature end inside multipart content
2031 client-bug Bad administration request
2032 user-error Message has no attachment
2033 client-bug dmFile has a forbidden attribute or attribute value
2034 client-bug dmFile attribute with a forbidden prefix
2035 client-bug dmFile lacks dmMimeType (UploadAttachment: empty is not accepted)
2036 client-bug dmFile lacks dmFileDescr
2037 user-error Annotation must not be empty (documented as temporarily switched off)
2042 client-bug Wrong parameter
2046 temporary Antivirus check did not finish in time (240 s)
2100 temporary File access error (internal)
2101 temporary SQL error text (internal)
2102 skip Not callable when logged in as a records service (system certificate)
2200 user-error Data are not a signed message or receipt
2201 user-error Data match no message or receipt in the system
2202 client-bug Service not switched on
2204 success No re-authorisation needed (already CAdES-EPES or better)
2205 user-error Seal expired, archiving impossible
2206 success No further time stamp needed yet
2207 temporary Time stamp not obtained, repeat
2208 temporary Unexpected authorisation error, repeat later
2209 temporary Minimum time since the last stamp not elapsed
2210 temporary Too many parallel requests
2211 client-bug Reserved: parse error of message or receipt
2212 client-bug Signature could not be extended
2213 user-error Signature format unsuitable
2214 user-error (archiving; exact meaning not found)
2300 temporary Unexpected error in the OTP services (also wrong namespace)
2301 temporary One-time code only once per 30 s
2302 temporary One-time code could not be sent
2350 client-bug Unknown asynchronous request type
2351 user-error Unknown request ID, or another user picks it up
2352 temporary Not finished yet, ask later
2353 user-error Answer already erased
3000 temporary Operation impossible now (intensity limit on the box)
3003 temporary The same request is being processed
3005 temporary Download the message later: third attempt within 20 min without time stamp; server waits 50 s before answering
3006 repeat-at-once Marking as delivered took too long, repeat the call
3007 temporary Constant not found
3008 temporary Too many parallel requests for the box
3009 account-busy Account in restricted mode and another request of it is running
3011 temporary Too many large-volume requests (manual 2.77 table; the text then uses 3013)
3013 temporary Work with VoDZ temporarily suspended
3014 temporary Too many asynchronous requests (15) of one box
3022 not-obtainable Administrator blocked the download of this message (dangerous content): stop retrying
5001 user-error Data box not found
5003 user-error Box not uniquely identified
9001 temporary SQL server failure
9002 temporary Search engine failure
9005 temporary Internal ISDS error (dmStatusMessage may be empty)
9008 temporary Digest component failure
9009 temporary Random generator failure
9100 temporary Internal: no box context
9102 temporary Internal: instance not initialised for sending
9103 temporary Message content cannot be decrypted
9104 temporary Format error in stored content
9105 temporary Internal
9123 temporary TSA keystore error
9200 temporary LDAP write failure
9201 temporary LDAP read failure
9202 temporary LDAP TLS failure
9203 temporary LDAP search failure
9204 temporary LDAP password write failure
9300 temporary Internal
9400 temporary Message store failure
9401 temporary Internal
9402 temporary Internal
9500 temporary Time-stamp server failure; the message was not downloaded
9502 temporary As 9500 (third-party report)
9510 temporary Base registers unreachable, repeat
9600 temporary Internal
9601 temporary Internal
9602 temporary Internal
9603 client-bug XML parser error at top level (English detail with position)
9700 client-bug XML parser error inside a message
9800 temporary Seal certificate unusable: signed messages cannot be issued now
9900 temporary Internal
9901 temporary Internal
`;
