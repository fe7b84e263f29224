package atelier;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.TransactionException;

/** What every module is given rather than takes: the clock and the words. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class World {

    private static final Logger LOG = LoggerFactory.getLogger(World.class);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** A task that fails for want of the database has its next turn; that is worth one line. */
    @Bean
    SimpleAsyncTaskSchedulerCustomizer calmTasks() {
        return scheduler -> scheduler.setErrorHandler(World::tellOfTask);
    }

    private static void tellOfTask(Throwable failure) {
        switch (failure) {
            case DataAccessException _, TransactionException _ ->
                    LOG.warn("A task has to wait for its next turn: {}", failure.getMessage());
            default -> LOG.error("A task failed", failure);
        }
    }

    /** One bundle per module, whichever there are; the file without a language is English. */
    @Bean
    MessageSource messageSource() throws IOException {
        ReloadableResourceBundleMessageSource messages =
                new ReloadableResourceBundleMessageSource();
        messages.setBasenames(bundles());
        messages.setDefaultEncoding("UTF-8");
        messages.setDefaultLocale(Locale.ENGLISH);
        messages.setFallbackToSystemLocale(false);
        messages.setCacheMillis(Duration.ofDays(1).toMillis());
        return messages;
    }

    private static String[] bundles() throws IOException {
        Resource[] files =
                new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:messages/*.properties");
        return Arrays.stream(files)
                .map(file -> String.valueOf(file.getFilename()))
                .filter(name -> !name.contains("_"))
                .map(name -> "classpath:messages/" + name.replace(".properties", ""))
                .sorted()
                .toArray(String[]::new);
    }
}
