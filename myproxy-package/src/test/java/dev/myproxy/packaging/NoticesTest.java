package dev.myproxy.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesTest {

    @TempDir
    private Path directory;

    @Test
    void gathersEachTextOnce() throws Exception {
        jar("a.jar", "META-INF/LICENSE", "The terms.\r\n");
        jar("b.jar", "META-INF/licenses/x/LICENCE.txt", "The terms.");
        jar("c.jar", "dev/LicenseTerms.class", "code");
        Files.writeString(directory.resolve("d.txt"), "Others.");

        assertThat(Notices.gathered(directory, directory)).containsOnlyOnce("The terms.")
                .contains("a.jar (META-INF/LICENSE)\nb.jar (META-INF/licenses/x/LICENCE.txt)\n").contains("d\n===")
                .contains("Others.").doesNotContain("code");
    }

    private void jar(String name, String entry, String text) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
