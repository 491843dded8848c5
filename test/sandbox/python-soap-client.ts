/**
 * A program for Python's zeep, which makes its requests of the official WSDL and holds the answers against it. Prints a
 * line of JSON for each call: the operation, and the answer with octets as base64.
 */
export const CALL_EVERYTHING = `
import base64, datetime, json, sys
import requests, zeep
from zeep.helpers import serialize_object
from zeep.transports import Transport

origin, descriptions = sys.argv[1:]

def plain(value):
    if isinstance(value, bytes): return base64.b64encode(value).decode()
    if isinstance(value, (datetime.date, datetime.datetime)): return value.isoformat()
    return str(value)

def service(file, path, user, password):
    session = requests.Session()
    session.auth = (user, password)
    # No proxy and no .netrc of whoever runs this.
    session.trust_env = False
    client = zeep.Client(f'{descriptions}/{file}', transport=Transport(session=session, timeout=15))
    binding = next(iter(client.wsdl.bindings))
    return client.create_service(binding, origin + path)

def call(of, operation, *args, **arguments):
    answer = getattr(of, operation)(*args, **arguments)
    print(json.dumps([operation, serialize_object(answer, dict)], default=plain))
    return answer

COMPANY = ('pekar1', 'Chleba-2026')
OFFICE = ('urad01', 'Podatelna-1234')
DAY = datetime.timedelta(days=1)
now = datetime.datetime.now(datetime.timezone.utc)

account = service('db_access.wsdl', '/DS/DsManage', *COMPANY)
for operation in ('GetOwnerInfoFromLogin', 'GetOwnerInfoFromLogin2', 'GetUserInfoFromLogin', 'GetUserInfoFromLogin2', 'GetPasswordInfo'):
    call(account, operation, dbDummy='')

boxes = service('db_search.wsdl', '/DS/df', *COMPANY)
for operation in ('ISDSSearch2', 'ISDSSearch3'):
    call(boxes, operation, searchText='Žluťoučkého', searchType='GENERAL', searchScope='ALL', page=0, pageSize=10, highlighting=False)
for operation in ('FindDataBox', 'FindDataBox2'):
    call(boxes, operation, dbOwnerInfo={'dbID': 'urad3k7'})
call(boxes, 'CheckDataBox', dbID='urad3k7')
call(boxes, 'DTInfo', dbId='pekarn4')
call(boxes, 'PDZInfo', PDZSender='pekarn4')

from_office = service('dm_operations.wsdl', '/DS/dz', *OFFICE)
call(from_office, 'DummyOperation', '')
file = {'dmMimeType': 'text/plain', 'dmFileMetaType': 'main', 'dmFileDescr': 'výzva.txt', 'dmEncodedContent': 'Do třiceti dnů…'.encode()}
sent = call(from_office, 'CreateMessage', dmEnvelope={'dbIDRecipient': 'pekarn4', 'dmAnnotation': 'Výzva č. 1'}, dmFiles={'dmFile': [file]})
dmID = sent.dmID
span = {'dmFromTime': now - DAY, 'dmToTime': now + DAY, 'dmStatusFilter': '-1', 'dmOffset': 1, 'dmLimit': 10}
call(service('dm_info.wsdl', '/DS/dx', *OFFICE), 'GetListOfSentMessages', **span)

messages = service('dm_operations.wsdl', '/DS/dz', *COMPANY)
info = service('dm_info.wsdl', '/DS/dx', *COMPANY)
call(info, 'GetListOfReceivedMessages', **span)
call(messages, 'MessageDownload', dmID=dmID)
signed = call(messages, 'SignedMessageDownload', dmID=dmID)
call(messages, 'AuthenticateMessage', dmMessage=signed.dmSignature)
for operation in ('MessageEnvelopeDownload', 'MarkMessageAsDownloaded', 'GetDeliveryInfo', 'GetSignedDeliveryInfo', 'GetMessageAuthor', 'GetMessageAuthor2', 'VerifyMessage'):
    call(info, operation, dmID=dmID)
call(info, 'GetMessageStateChanges', dmFromTime=now - DAY, dmToTime=now + DAY)
today = now.date()
asked = call(info, 'GetListOfErasedMessages', dmFromDate=today - 300 * DAY, dmToDate=today - 280 * DAY, dmMessageType='RECEIVED', dmOutFormat='XML')
call(info, 'PickUpAsyncResponse', asyncID=asked.asyncID, asyncReqType='LIST_ERASED')

large = service('dm_VoDZ.wsdl', '/DS/vodz', *OFFICE)
call(large, 'UploadAttachment', dmFile={'dmMimeType': 'text/plain', 'dmFileDescr': 'příloha.txt', 'dmEncodedContent': b'a' * 100_000})
`;
