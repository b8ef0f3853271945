package io.amivet.match;

import io.amivet.rule.Rule;
import io.amivet.vectorscan.PrivateFolder;
import io.amivet.vectorscan.VectorscanDatabases;
import io.amivet.vectorscan.VectorscanLibrary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The engines under test. */
enum TestEngines {
  JAVA {
    @Override
    MatchEngine make(List<Rule> rules) {
      return new JavaMatchEngine(rules);
    }
  },
  VECTORSCAN {
    @Override
    MatchEngine make(List<Rule> rules) throws Exception {
      Assumptions.assumeTrue(VectorscanLibrary.isBundled(), "no Vectorscan for this machine");
      PrivateFolder folder = PrivateFolder.of(Path.of("target", "vectorscan").toAbsolutePath());
      return new VectorscanMatchEngine(
          rules, VectorscanLibrary.load(folder), new VectorscanDatabases(folder));
    }
  };

  abstract MatchEngine make(List<Rule> rules) throws Exception;
}
