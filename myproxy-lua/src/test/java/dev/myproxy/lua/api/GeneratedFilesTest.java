package dev.myproxy.lua.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is made of the annotations is checked in, and up to date. {@code -Dmyproxy.generate=true} writes the files anew.
 */
class GeneratedFilesTest {

    private static final Path ROOT = Path.of("..");

    private static Map<String, String> generated() {
        Api api = Api.installed();
        return Map.of("conf/lua/library/myproxy.lua", LanguageServerFile.of(api), "conf/.luacheckrc",
                CheckerFiles.luacheckrc(api), "conf/.luarc.json", CheckerFiles.luarc(api), "docs/lua-api.md",
                ReferencePage.of(api, ROOT.resolve("docs")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf/lua/library/myproxy.lua", "conf/.luacheckrc", "conf/.luarc.json", "docs/lua-api.md"})
    void isUpToDate(String name) throws IOException {
        Path file = ROOT.resolve(name);
        String wanted = Objects.requireNonNull(generated().get(name));
        if (Boolean.getBoolean("myproxy.generate")) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, wanted);
        }

        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is out of date; renew it with: ./mvnw test -pl myproxy-lua -am -Dtest=GeneratedFilesTest "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dmyproxy.generate=true", name)
                .isEqualTo(wanted);
    }

    @Test
    void theLanguageServersSettingsAreJson() {
        JsonObject settings = new JsonObject(CheckerFiles.luarc(Api.installed()));

        assertThat(settings.getJsonArray("diagnostics.globals")).contains("reload");
    }

    @Test
    void theMetaFileKeepsOurOwnRules() {
        String meta = LanguageServerFile.of(Api.installed());

        assertThat(meta).doesNotContain("@loading", "@provided").contains("function sleep(seconds) end");
    }
}
