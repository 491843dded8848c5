/** Pieces of Python programs: what a person writes who talks to the gateway with poplib and smtplib. */

/** `open_box(mode)` and `open_post(mode)` connect; `mode` is 'tls' or 'starttls'. */
export const CONNECT = `
import poplib, smtplib, ssl
context = ssl.create_default_context(cafile=facts['trust'])

def open_box(mode='tls'):
    if mode == 'tls':
        return poplib.POP3_SSL('localhost', facts['pop3Tls'], timeout=15, context=context)
    box = poplib.POP3('localhost', facts['pop3'], timeout=15)
    box.stls(context)
    return box

def open_post(mode='tls'):
    if mode == 'tls':
        return smtplib.SMTP_SSL('localhost', facts['smtpTls'], timeout=15, context=context)
    post = smtplib.SMTP('localhost', facts['smtp'], timeout=15)
    post.starttls(context=context)
    return post

def log_in(box):
    box.user(facts['user'])
    return box.pass_(facts['password'])

def uids(box):
    return [line.split()[1].decode() for line in box.uidl()[1]]
`;

/** Fetches every message of the box and prints them with their UIDLs. */
export const READ_ALL = `${CONNECT}
import base64

def read_all(mode):
    box = open_box(mode)
    log_in(box)
    found = []
    for number, uid in enumerate(uids(box), 1):
        _, lines, _ = box.retr(number)
        mail = b''.join(line + b'\\r\\n' for line in lines)
        found.append([uid, base64.b64encode(mail).decode()])
    box.quit()
    print(json.dumps(found))

read_all(facts['mode'])
`;

/** Sends a mail with the files that `facts` names, and prints the reply to the mail. */
export const SEND = `${CONNECT}
import email, email.message, email.policy, email.utils, pathlib

def letter(to, subject, text, files):
    mail = email.message.EmailMessage()
    mail['From'] = email.utils.formataddr(('Přemysl Kváskový', facts['from']))
    mail['To'] = to
    mail['Subject'] = subject
    mail['Date'] = email.utils.localtime()
    mail['Message-ID'] = email.utils.make_msgid(domain='klient.example')
    mail.set_content(text)
    for path in files:
        path = pathlib.Path(path)
        mail.add_attachment(path.read_bytes(), maintype='application', subtype='pdf', filename=path.name)
    return mail

def reply(answer):
    return f'{answer[0]} {answer[1].decode()}'

def send(post, mail):
    post.login(facts['user'], facts['password'])
    post.mail(facts['from'])
    post.rcpt(mail['To'])
    return reply(post.data(mail.as_bytes(policy=mail.policy.clone(linesep='\\r\\n'))))
`;
