package atelier.chain;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.web3j.protocol.Web3j;

/** The node that this process talks to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChainProperties.class)
class ChainConfiguration {

    @Bean
    JsonRpc jsonRpc(ChainProperties properties) {
        return new JsonRpc(properties.rpcUrl(), properties.timeout());
    }

    @Bean
    Node node(JsonRpc rpc) {
        return new RpcNode(rpc);
    }

    @Bean
    Web3j views(JsonRpc rpc) {
        return Web3j.build(new BindingTransport(rpc));
    }

    @Bean
    Broadcaster broadcaster(Node node) {
        return node::broadcast;
    }
}
