package dev.myproxy.admin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void showsTheDaemon() throws AdminException {
        byte[] status = json("{'api':1,'version':'1.2','java':'25','pid':7,'uptime_seconds':3700.5,'state':'ready',"
                + "'configuration':'/c.lua','sessions':2,'script':{'engine':'luajit','errors':1,'waiting':0},'listeners':["
                + "{'address':'@a','kind':'mysql','accepting':true,'accepted':12,'sessions':2},"
                + "{'address':'/c','kind':'control','accepting':false,'accepted':null,'sessions':0}]}");
        byte[] nodes = json("{'api':1,'clusters':[{'name':'shop','nodes':[{'address':'10.0.0.1:3306','state':'alive',"
                + "'suspect':true,'reason':'alive','since':'2026-01-01T00:00:00Z','check_seconds':0.002,'lag_seconds':null,"
                + "'weight':1.0}]}]}");

        assertThat(Reports.status(status, nodes, Instant.parse("2026-01-01T00:01:05Z"))).containsExactly(
                "myproxy 1.2 (Java 25), pid 7, up for 1 h 1 min: ready",
                "configuration  /c.lua (luajit)",
                "sessions       2",
                "script         1 error, 0 waiting",
                "",
                "LISTENER  KIND     STATE      ACCEPTED  SESSIONS",
                "@a        mysql    listening        12         2",
                "/c        control  closed            -         -",
                "",
                "CLUSTER  NODE           STATE               SINCE  CHECK  LAG  WEIGHT  REASON",
                "shop     10.0.0.1:3306  alive, suspect  1 min 5 s   2 ms    -       1  alive");
    }

    @Test
    void saysWhatIsLimited() throws AdminException {
        byte[] status = json(
                "{'sessions':5,'refused':7,'limits':{'connections':1000,'per_account':null,'logins':50}}");

        assertThat(Reports.status(status, json("{}"), Instant.EPOCH))
                .contains("sessions       5 (limits: connections = 1000, logins = 50; refused 7)");
    }

    @Test
    void saysHowFarADrainIs() throws AdminException {
        byte[] status = json("{'state':'stopping','drain':{'sessions':12,'transactions':3,'left_seconds':48.2}}");

        assertThat(Reports.status(status, json("{}"), Instant.EPOCH).getFirst())
                .endsWith(": stopping, sessions left: 12, in a transaction: 3, ended in 48 s");
    }

    @Test
    void showsSessions() throws AdminException {
        byte[] document = json(
                "{'api':1,'total':9,'matching':5,'sessions':[{'id':2147483649,'account':'a\\u001b[2J\\u202eb',"
                        + "'client':'pid=1 uid=2','listener':'@a','server':null,'read_only':false,'phase':'login','phase_seconds':0,"
                        + "'age_seconds':0.25,'received_bytes':999,'sent_bytes':123456,'queries':3}]}");

        assertThat(Reports.sessions(document)).containsExactly(
                "        ID  ACCOUNT            CLIENT       LISTENER  SERVER  PHASE     AGE  QUERIES  RECEIVED    SENT",
                "2147483649  a\\u001b[2J\\u202eb  pid=1 uid=2  @a        -       login  250 ms        3     999 B  123 kB");
        assertThat(Reports.remark(document))
                .contains("These are the 1 oldest of 5 sessions; --limit shows more.");
    }

    @Test
    void showsWhatIsEncryptedAndWhoIsBetweenWhereThereIsSuchASession() throws AdminException {
        byte[] document = json(
                "{'sessions':[{'id':1,'account':'a','client':'203.0.113.7:5','proxy':'10.0.0.9:6',"
                        + "'tls':{'version':'TLSv1.3','cipher':'TLS_AES_128_GCM_SHA256','subject':null},'listener':'@a',"
                        + "'server':'s:1','server_tls':null,'phase':'command','age_seconds':1,'received_bytes':1,'sent_bytes':2,"
                        + "'queries':3},"
                        + "{'id':2,'client':'pid=1','proxy':null,'tls':null,'listener':'@a','server':'s:1',"
                        + "'server_tls':{'version':'TLSv1.2','cipher':'X'},'phase':'command'}]}");

        assertThat(Reports.sessions(document)).containsExactly(
                "ID  ACCOUNT  CLIENT         THROUGH     TLS                             LISTENER  SERVER  SERVER-TLS  PHASE"
                        + "    AGE  QUERIES  RECEIVED  SENT",
                " 1  a        203.0.113.7:5  10.0.0.9:6  TLSv1.3 TLS_AES_128_GCM_SHA256  @a        s:1     -           command"
                        + "  1 s        3       1 B   2 B",
                " 2  -        pid=1          -           -                               @a        s:1     TLSv1.2 X   command"
                        + "    -        -         -     -");
    }

    @ParameterizedTest
    @CsvSource({"0,0,There are no sessions.", "9,0,None of 9 sessions is like that."})
    void saysWhyThereIsNothingToSee(int total, int matching, String remark) throws AdminException {
        byte[] document = json("{'total':" + total + ",'matching':" + matching + ",'sessions':[]}");

        assertThat(Reports.sessions(document)).isEmpty();
        assertThat(Reports.remark(document)).isEqualTo(Optional.of(remark));
    }

    @Test
    void bearsDocumentsOfOtherVersions() throws AdminException {
        byte[] odd = json("{'api':2,'sessions':[{'id':'x','new':[1,[2],{'a':null}]},7,null],'total':'many'}");

        assertThat(Reports.sessions(odd)).hasSize(2);
        assertThat(Reports.status(json("{}"), json("{'clusters':[{'nodes':[{'since':'yesterday'}]}]}"), Instant.EPOCH))
                .contains("sessions       ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "nothing", "{'a':}"})
    void refusesWhatIsNoDocument(String text) {
        assertThatThrownBy(() -> Reports.sessions(json(text))).isInstanceOf(AdminException.class)
                .hasMessage("What the daemon answers is no JSON document");
    }

    @ParameterizedTest
    @CsvSource({"0,0 ms", "0.0404,40 ms", "1,1 s", "59.9,59 s", "60,1 min 0 s", "3599,59 min 59 s", "3600,1 h 0 min",
            "86399,23 h 59 min", "90000,1 d 1 h", "31536000,365 d 0 h"})
    void writesDurations(double seconds, String text) {
        assertThat(Units.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "999,999 B", "1000,1.0 kB", "99949,99.9 kB", "99950,100 kB", "999499,999 kB", "999500,1.0 MB",
            "1e16,10.0 PB", "1e20,100000 PB"})
    void writesBytes(double number, String text) {
        assertThat(Units.bytes(number)).isEqualTo(text);
    }

    @Test
    void alignsColumnsByCharacters() {
        TextTable table = new TextTable("A", "N#");
        table.row("ä\ud83d\ude00", "1");
        table.row("abc", "22");

        assertThat(table.lines()).isEqualTo(List.of("A     N", "ä\ud83d\ude00    1", "abc  22"));
    }
}
