"""The commonest passwords of eight or more characters, as they stand near the top of every published list.

Shorter ones are refused for their length. Written in lower case; compared without regard to case.
"""

from __future__ import annotations

SEQUENCES = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "poiuytrewqlkjhgfdsamnbvcxz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "112233445566778899",
    "121212121212121212",
    "123123123123123123",
    "abcabcabcabcabc",
    "asdfasdfasdfasdf",
    "qwerqwerqwerqwer",
)

COMMON = frozenset(
    """
    password password0 password1 password2 password3 password7 password9 password01 password11 password12 password13
    password123 password1234 password12345 password! password1! password123! password@123 passw0rd passw0rd1 passw0rd!
    p@ssword p@ssw0rd p@ssw0rd1 p@ssword1 p@$$w0rd pa$$word pa55word pa55w0rd passwort passwort1 passpass passcode
    mypassword mypassword1 newpassword changeme changeme1 changeme123 change-me change_me changeit letmein1 letmein12
    letmein123 letmein! welcome1 welcome12 welcome123 welcome1! welcome! welcome2024 welcome2025 welcome2026
    admin123 admin1234 admin12345 admin123456 administrator adminadmin admin@123 administrator1 rootroot root1234
    testtest test1234 test12345 testing1 testing123 temp1234 temppass guest123 guestguest default1 default123
    user1234 username username1 secret123 secretsecret topsecret superman superman1 batman123 spiderman spiderman1
    starwars starwars1 pokemon1 pokemon123 dragon123 dragonball monkey123 shadow123 master123 football football1
    football123 baseball baseball1 basketball basketball1 softball volleyball hockey123 soccer123 liverpool liverpool1
    chelsea1 arsenal1 manchester barcelona realmadrid juventus juventus1 cowboys1 steelers yankees1 lakers24 jordan23
    michael1 michelle michelle1 jennifer jennifer1 jessica1 jonathan christopher christian christine elizabeth
    alexander alexandra nicholas samantha samantha1 victoria victoria1 veronica stephanie danielle danielle1 caroline
    patricia benjamin benjamin1 brandon1 anthony1 matthew1 charlie1 charlie123 andrew123 daniel123 william1 thomas123
    sunshine sunshine1 sunflower princess princess1 princess123 butterfly butterfly1 iloveyou iloveyou1 iloveyou2
    iloveyou! iloveme1 loveyou1 loveme123 babygirl babygirl1 lovelove forever1 friends1 friendship hello123 hello1234
    hellohello whatever whatever1 trustno1 blink182 computer computer1 internet internet1 samsung1 samsung123 google123
    facebook facebook1 linkedin linkedin1 dropbox1 myspace1 myspace123 yahoo123 gmail123 microsoft windows10 windows11
    abc12345 abcd1234 abcde12345 abc123456 abcd12345 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 ab123456 abc123abc
    a1234567 a12345678 a123456789 123456789a 12345678a 1234567a 123456aa 123456ab 123456abc 12345678910 1234567891
    12345qwert 1234qwer 123qwe123 123qweasd 123qweasdzxc qwe123456 qwer1234 qwert123 qwerty12 qwerty123 qwerty1234
    qwerty12345 qwerty123456 qwerty1! qweasdzxc qweqweqwe qazwsx123 qazwsxedc qazwsxedcrfv zaq12wsx zaq1zaq1 zaq1xsw2
    1qaz1qaz 1qazxsw2 !qaz2wsx 1q2w3e4r! asdf1234 asdfghjkl1 asd123456 asdasdasd zxcvbnm1 zxcvbnm123 zxc123456 zxczxczxc
    q1q1q1q1 qwaszx12 qwerasdf asdfqwer asdfzxcv 147258369 147852369 159357456 741852963 789456123 987654321a
    12341234 12121212 11223344 11112222 11111111a 12344321 13131313 14725836 19841984 19851985 19861986 19871987
    20202020 25252525 31415926 69696969 87654321 88888888 99999999 1234abcd 1029384756 10203040 102030405060 0987654321
    monkeymonkey dragondragon whatever123 nothing1 letmeinnow opensesame sesame123 access14 access123 killer123
    mustang1 corvette corvette1 porsche911 ferrari1 mercedes mercedes1 chocolate chocolate1 cheesecake cookie123
    blessed1 jesus123 jesuschrist heaven123 angel123 lovely123 tinkerbell hellokitty hellokitty1 snoopy123 garfield
    midnight midnight1 rainbow1 rainbow123 summer123 summer2024 summer2025 summer2026 winter123 winter2024 winter2025
    winter2026 spring2024 spring2025 spring2026 autumn2024 autumn2025 autumn2026 january1 december november september
    monday123 friday123 london123 newyork1 america1 australia scotland germany1 deutschland hallo123 hallo1234
    schalke04 passwort123 sommer123 geheim123 bonjour1 motdepasse azerty123 azertyuiop contrasena password2024
    password2025 password2026 annotator annotator1 annotator123 newsroom newsroom1 newsroom123 journalist factcheck
    """.split()
)
