/**
 * Passwords of eight characters or more that head the published lists of leaked ones, and words of
 * this product, in small letters. Shorter ones are refused for their length.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  password password1 password2 password3 password12 password123 password1234 password12345 password01
  password! password1! password123! password11 password99 passwords passw0rd p@ssword p@ssw0rd
  p@ssword1 p@ssw0rd1 p@ssw0rd! p@ssw0rd123 pa$$word pa$$w0rd pa55word pass1234 pass12345 pass123456
  passpass passport passcode passwort passwort1 password2023 password2024 password2025 password2026
  12345678 123456789 1234567890 12345678910 123456789a 12345678a 123456789q 0123456789 012345678
  01234567 87654321 987654321 9876543210 0987654321 11111111 111111111 1111111111 22222222 33333333
  44444444 55555555 66666666 77777777 88888888 888888888 99999999 999999999 00000000 000000000
  0000000000 12121212 1212121212 11223344 1122334455 112233445566 12341234 12344321 123123123
  123321123 123454321 1234554321 12345679 123456123 123456654321 10203040 1020304050 11112222
  11110000 13131313 14141414 147258369 147852369 159357258 159753456 19841984 19851985 20002000
  21212121 22446688 23232323 25252525 31415926 31415927 314159265 36925814 44448888 69696969
  741852963 78945612 789456123 789456123a 963852741 123qwe123 123qweasd 123qweasdzxc 123abc123
  1234abcd 12345abc 12345qwert 123456abc 123456qwe 1234qwer 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
  1qaz2wsx 1qaz2wsx3edc 1qazxsw2 1qaz@wsx !qaz2wsx q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc
  qazwsx123 qazxswedc qwertyui qwertyuio qwertyuiop qwertyuiop123 qwerty12 qwerty123 qwerty1234
  qwerty12345 qwerty123456 qwerty11 qwerty01 qwertyqwerty qwertz123 qwertzui qwertzuiop qwert123
  qwert12345 qwer1234 qwerasdf qweasdzxc qweqweqwe qweasd123 azertyui azertyuiop azerty123 asdfghjk
  asdfghjkl asdfghjkl1 asdfasdf asdf1234 asdasdasd asdfqwer asd123asd zxcvbnm1 zxcvbnm123 zxcvzxcv
  zxczxczxc zaq12wsx zaq1zaq1 !@#$%^&* abcdefgh abcdefghi abcdefghij abcd1234 abcd12345 abc12345
  abc123456 abc123abc abc123456789 abcabcabc a1b2c3d4 a1b2c3d4e5 a123456789 a1234567 a12345678
  aa123456 aa12345678 aaa12345 aaaaaaaa aaaaaaaaaa aaaabbbb aabbccdd q1234567 q12345678 q123456789
  qq123456 z1234567 z12345678 zz123456 xxxxxxxx zzzzzzzz iloveyou iloveyou1 iloveyou2 iloveyou123
  ilovegod ilovehim iloveher ilovejesus loveyou1 iloveme1 lovelove lovely123 loveme123 babygirl
  babygirl1 babyboy1 butterfly butterfly1 princess princess1 princess123 sunshine sunshine1
  sunshine123 football football1 football123 baseball baseball1 basketball basketball1 softball
  superman superman1 superman123 batman123 spiderman spiderman1 ironman1 starwars starwars1
  pokemon1 pokemon123 naruto123 dragon123 dragonball monkey123 monkey12 michael1 michael123
  michelle michelle1 jennifer jennifer1 jessica1 jessica123 jonathan jordan23 jordan123 charlie1
  charlie123 ashley123 daniel123 andrew123 anthony1 alexander alexandra alexander1 samantha
  samantha1 stephanie elizabeth elizabeth1 benjamin benjamin1 brandon1 christian christian1
  christina christine christopher catherine caroline isabella victoria victoria1 nicholas nicole123
  patricia matthew1 william1 robert123 thomas123 liverpool liverpool1 chelsea1 arsenal1 barcelona
  barcelona1 realmadrid manchester juventus1 juventus liverpoolfc steelers steelers1 cowboys1
  lakers24 redsox04 computer computer1 internet internet1 letmein1 letmein123 letmein! welcome1
  welcome12 welcome123 welcome1! welcome01 welcome2024 welcome2025 trustno1 whatever whatever1
  changeme changeme1 changeme123 change123 default1 default123 secret123 topsecret secretsecret
  admin123 admin1234 admin12345 admin123456 admin@123 administrator administrator1 adminadmin
  admin2024 admin2025 root1234 rootroot toor1234 test1234 test12345 test123456 testtest testtest1
  testing1 testing123 tester123 guest123 guest1234 user1234 user12345 username username1 login123
  master123 masterkey access14 access123 blink182 startrek mercedes mustang1 corvette ferrari1
  harley123 hello123 hello1234 hellohello helloworld hello123456 goodluck godisgood blessed1 jesus123
  jesuschrist heaven777 money123 lucky777 lucky123 freedom1 freedom123 diamond1 summer123 summer2024
  summer2025 summer2026 winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 autumn2026
  november december september february chocolate chocolate1 cheese123 cookie123 pepper123 orange123
  banana123 strawberry blueberry cupcake1 jellybean rainbow1 rainbow123 tinkerbell hellokitty
  snowball snoopy123 shadow123 midnight moonlight starlight hunter123 killer123 fuckyou1 fuckyou123
  fuckyou2 asshole1 bullshit pussycat badboy123 soccer123 hockey123 golfer123 tennis123 yankees1
  minecraft minecraft1 fortnite fortnite1 playstation nintendo gamer123 counterstrike samsung123
  samsung1 iphone123 google123 facebook facebook1 linkedin linkedin1 twitter1 youtube1 myspace1
  microsoft windows10 ubuntu123 correcthorsebatterystaple correct-horse-battery-staple
  framemark framemark1 framemark12 framemark123 framemark! annotate annotate1 annotation annotations
  annotation1 annotator annotator1 annotator123 annotators mediabias mediabias1 media-bias
  codebook codebook1 adjudicate adjudicator newsframe newsbias doccano123 inception1
  `
    .trim()
    .split(/\s+/),
);
