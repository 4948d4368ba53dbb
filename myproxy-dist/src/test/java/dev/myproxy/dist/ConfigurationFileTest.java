package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigurationFileTest {

    @Test
    void absolutePathIsOpenedAsGivenInItsDirectory() {
        assertThat(ConfigurationFile.of("/etc/my/config.lua"))
                .isEqualTo(new ConfigurationFile(Path.of("/etc/my/config.lua"), Optional.of("/etc/my")));
    }

    @Test
    void nameAloneStaysInTheCurrentDirectory() {
        assertThat(ConfigurationFile.of("x.lua")).isEqualTo(new ConfigurationFile(Path.of("x.lua"), Optional.empty()));
    }

    @Test
    void fileOfTheRootDirectoryChangesNothing() {
        assertThat(ConfigurationFile.of("/x.lua"))
                .isEqualTo(new ConfigurationFile(Path.of("/x.lua"), Optional.empty()));
    }

    @Test
    void relativePathIsOpenedWhereTheProcessStarted() {
        assertThat(ConfigurationFile.of("dir/x.lua"))
                .isEqualTo(new ConfigurationFile(Path.of("dir/x.lua").toAbsolutePath(), Optional.of("dir")));
    }
}
