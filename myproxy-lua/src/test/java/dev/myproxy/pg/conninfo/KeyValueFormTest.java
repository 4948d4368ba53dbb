package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyValueFormTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  user=joe               | joe
                                                                  user = joe             | joe
                                                                  user=  joe             | joe
                                                                  `  user=joe  `         | joe
                                                                  user='joe'             | joe
                                                                  user='joe doe'         | joe doe
                                                                  user= 'joe'dbname=shop | joe
                                                                  user=joe\\ doe         | joe doe
                                                                  user=jo\\'e            | jo'e
                                                                  user='jo\\'e'          | jo'e
                                                                  user='jo\\\\e'         | jo\\e
                                                                  user=jo'e              | jo'e
                                                                  user=a=b               | a=b
                                                                  user=joe\\             | joe
                                                                  user=''                | ``
                                                                  user=                  | ``
                                                                  user=ann user=joe      | joe
                                                                  user=jürgen            | jürgen
                                                                  """)
    void valuesAreQuotedAndEscaped(String text, String user) throws Exception {
        assertThat(KeyValueForm.parse(text).get(Keyword.USER)).contains(user);
    }

    @Test
    void allBlanksOfTheCLibraryAreBlanks() throws Exception {
        Given given = KeyValueForm.parse("\tuser\u000b=\fjoe\r\ndbname=shop");

        assertThat(given.get(Keyword.USER)).contains("joe");
        assertThat(given.get(Keyword.DBNAME)).contains("shop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  shop            | missing "=" after "shop" in connection info string
                                                                  user joe        | missing "=" after "user" in connection info string
                                                                  user=joe shop   | missing "=" after "shop" in connection info string
                                                                  user='joe       | unterminated quoted string in connection info string
                                                                  user='joe\\'    | unterminated quoted string in connection info string
                                                                  =joe            | invalid connection option ""
                                                                  foo=bar         | invalid connection option "foo"
                                                                  hots=a          | invalid connection option "hots"; did you mean "host"?
                                                                  HOST=a          | invalid connection option "HOST"; did you mean "host"?
                                                                  database=shop   | invalid connection option "database"; did you mean "dbname"?
                                                                  search_path=a   | invalid connection option "search_path"; did you mean "options"?
                                                                  """)
    void mistakesAreSaidInTheWordsOfLibpq(String text, String message) {
        assertThatThrownBy(() -> KeyValueForm.parse(text)).isInstanceOf(ConninfoException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  password=my geheim      | missing "=" after "***" in connection info string (values with blanks need single quotes)
                                                                  password=my geheim=word | invalid connection option "***"
                                                                  """)
    void messagesShowNothingThatMayBeAPartOfAPassword(String text, String message) {
        assertThatThrownBy(() -> KeyValueForm.parse(text)).hasMessage(message);
    }

    @Test
    void whatIsBehindAPasswordIsShownIfItLooksLikeAnOption() {
        assertThatThrownBy(() -> KeyValueForm.parse("password=x prot=5432"))
                .hasMessage("invalid connection option \"prot\"; did you mean \"port\"?");
    }

    @Test
    void theOldWordForTlsIsUnderstood() throws Exception {
        assertThat(KeyValueForm.parse("requiressl=1").get(Keyword.SSLMODE)).contains("require");
        assertThat(KeyValueForm.parse("requiressl=0").get(Keyword.SSLMODE)).contains("prefer");
    }
}
