import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dkpro.statistics.agreement.unitizing.KrippendorffAlphaUnitizingAgreement;
import org.dkpro.statistics.agreement.unitizing.UnitizingAnnotationStudy;

/**
 * Times DKPro's unitizing alpha on the documents that bench/agreement.ts wrote, and prints one JSON object. Lines of the file
 * are: "document LENGTH ANNOTATORS", or "unit START LENGTH ANNOTATOR LABEL".
 */
class AgreementReference {
    public static void main(String[] arguments) throws Exception {
        List<UnitizingAnnotationStudy> studies = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0], "units.txt"))) {
            String[] parts = line.split(" ");
            if (parts[0].equals("document")) {
                studies.add(new UnitizingAnnotationStudy(
                        Integer.parseInt(parts[2]), Integer.parseInt(parts[1])));
            } else {
                studies.get(studies.size() - 1).addUnit(
                        Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), parts[4]);
            }
        }
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        double value = 0;
        long best = Long.MAX_VALUE;
        // The first runs warm the machine up.
        for (int run = 0; run < 8; run++) {
            long since = threads.getCurrentThreadCpuTime();
            value = 0;
            for (UnitizingAnnotationStudy study : studies) {
                value += new KrippendorffAlphaUnitizingAgreement(study).calculateAgreement();
            }
            best = Math.min(best, threads.getCurrentThreadCpuTime() - since);
        }
        System.out.printf(
                "{\"milliseconds\": %.3f, \"value\": %.12f}%n", best / 1e6, value / studies.size());
    }
}
