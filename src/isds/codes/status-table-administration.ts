/** The status codes of box administration, which a gateway should never meet, a line each: code, class, meaning (isds §9). */

export const ADMINISTRATION_STATUS_TABLE = `
1001 administrative User type change not allowed
1002 administrative Operation not possible on the primary user of an FO/PFO box
1003 administrative Mandatory date missing
1006 administrative Box cannot be re-enabled yet (twice disabled within a year)
1008 administrative Owner already has a box
1009 administrative Primary user of FO/PFO cannot be removed
1010 administrative No further primary user for FO/PFO
1011 administrative Primary user of FO cannot be edited this way
1012 administrative Administrative fee not paid (no longer used)
1013 administrative Credentials ID invalid
1014 administrative Surname missing
1015 administrative Birth date missing
1016 administrative Birth place missing
1017 administrative Birth district or state missing
1018 administrative City or usable postal address missing
1019 administrative House number missing
1020 administrative Name missing
1021 administrative Box type cannot be disabled this way
1022 administrative Only boxes set up on request can be disabled
1023 administrative Only boxes set up on request can be re-enabled
1024 administrative Box is not accessible now
1025 administrative Box is not disabled
1027 administrative Operation not meant for OVM boxes
1028 administrative Primary box ID required for an OVM box on request
1029 administrative Primary box not found
1030 administrative Primary box is not an OVM
1031 administrative Primary box must not be subordinate
1032 administrative You may not confirm the fee
1033 administrative Postal code missing
1034 administrative Postal code wrong
1035 administrative Only one primary person for FO/PFO
1036 administrative Change must be made on the box, not the person
1037 administrative Box already cancelled
1038 administrative Limit of entrusted persons exceeded
1039 administrative Box not in OVM mode (obsolete)
1040 administrative Box already in OVM mode (obsolete)
1041 administrative A box with the same ICO exists
1042 administrative Wrong action value
1043 administrative No active or ordered vault
1044 administrative Country not served by post, or invalid country code
1045 administrative Only the authorised person may activate the box
1046 administrative PDZ sending already enabled
1047 administrative No contractual PDZ sending
1048 administrative PDZ reception already enabled
1049 administrative PDZ reception not enabled
1051 administrative Person not found in the population register
1052 administrative Person not uniquely identified
1053 administrative Person not alive according to the register
1054 administrative Person with limited legal capacity
1055 administrative No unpaid vault order
1056 administrative No vault order
1057 administrative No vault/credit for system boxes
1059 administrative Paid vault cannot be changed
1060 administrative Virtual envelope ID missing
1061 administrative Virtual envelope already used
1062 administrative Virtual envelope belongs to another user
1063 administrative Virtual envelope does not match the box
1064 administrative Virtual envelope already used
1065 administrative Test object cannot become a real box or vice versa
1069 administrative Box creation not yet approved
1070 administrative User operation impossible (no user given)
1071 administrative Audit object
1072 administrative Audit object
1073 administrative Only an authorised person may have ICO or firm name
1074 administrative No indirect user for this box type
1075 administrative ICO matches no PO with a box (unused)
1076 administrative Firm name requires ICO (unused)
1084 administrative Entrusted person may only change the own contact address
1085 administrative Person change not allowed
1086 administrative Only the administrator of ISDS manages users of a disabled box
1088 administrative Internal test user limitation
1089 administrative Middle name belongs elsewhere (unused)
1092 administrative Wrong data type number
1095 administrative Certificate error
1096 administrative User type unsuitable for certificate access
1097 administrative User certificate missing
1098 administrative Person under 16
1099 administrative Virtual envelope needs an e-mail
1100 administrative User type not possible for this box type
1107 administrative Request processed by somebody else meanwhile
1110 administrative User not defined for the box
1111 administrative Date must not be in the future
1115 administrative Box type cannot be changed
1116 administrative Input file unreadable
1117 administrative Target box type not allowed
1118 administrative Vault already paid
1119 administrative Vault holds more messages than the future capacity
1120 administrative Invalid e-mail
1130 administrative Not enough data to search the population register
1132 administrative E-mail too long
1133 administrative Credit would become negative
1134 administrative Duplicate transaction
1135 administrative Credit charge above maximum
1136 administrative Credit would exceed the maximum
1138 administrative E-mail too long
1139 administrative Transaction does not exist
1140 administrative Capacity must be positive
1141 administrative Vault type cannot be cancelled
1142 administrative Vault validity overlaps
1143 administrative No current vault
1144 administrative Unsupported vault duration
1145 administrative Not enough free vault capacity to restore
1146 administrative Primary box has another ICO
1147 administrative Combination of box types not allowed
1148 administrative Owner has a PDZ contract
1149 administrative Seat outside CZ
1150 administrative Box holds an undelivered PDZ
1151 administrative Box type does not fit the legal form
1157 administrative Application data mismatch
1158 administrative AIFO ticket invalid
1159 administrative Superior OVM box inactive
1160 administrative Invalid contact address
1161 administrative Indirect person has the ICO of the controlled subject
1162 administrative Special vault offer unusable
1163 administrative Trial vault only once
1164 administrative No special vault offer running
1165 administrative Certificate already attached to another account
1166 administrative Box already published in the public list
1167 administrative Box already not published
1168 administrative ICO belongs to someone else
1169 administrative Reference data of an identified person cannot be edited
1170 administrative Vault with these parameters impossible
1171 administrative Document not found in the register
1172 administrative Register person differs from the ISDS person
1173 administrative No ICO, PFO box impossible
1174 administrative No valid registration, PFO box impossible
1175 administrative Delivery choice impossible with more primary persons
1176 administrative Delivery method unusable
1177 administrative No active FO box for delivery
1223 administrative Not a PDZ (unused)
1224 administrative Not in state 4 (unused)
1231 administrative Global system messages (internal)
1237 administrative Subsidising needs a contract
1238 administrative Box to subsidise not found
1239 administrative OVM cannot be subsidised
1240 administrative Box already subsidised
1241 administrative Own box cannot be subsidised
1243 administrative Delayed end of PDZ service already set
1245 administrative Test/audit subsidy mismatch
1247 administrative Only for PO boxes
1249 administrative Date range or message number required
1250 administrative Data no longer taken from the register
1254 administrative File not found (portal)
1255 administrative No right to read the file (portal)
1256 administrative No right to change the file (portal)
1257 administrative File storage full (portal)
1258 administrative No right to delete the file (portal)
1260 administrative Text cannot be converted to PDF (portal)
1261 administrative Stored file too large (portal)
1274 administrative Subordinate box must be of the same kind
1275 administrative Wrong statistics number
1276 administrative Date format must be YYYY-MM-DD
1277 administrative Week format must be YYYY-WW
1278 administrative Statistics need a date
1279 administrative Statistics need a week
2012 administrative Undefined user type
2030 administrative Bad download request (internal servlet)
2040 administrative Attribute records_count missing (internal)
2041 administrative Record count mismatch (internal)
2043 administrative Unsupported version (internal)
2103 administrative Not callable by an internal user
2303 administrative ATS console error
3001 administrative Test request
3002 administrative Too many forensic requests
3004 administrative Rights mismatch of an internal user
3010 administrative Too many PDF exports
5002 administrative Person not among the users
5004 administrative Person already among the users
`;
