// They share one graph, because its start takes longer than most of them. The first is the one that searches before all others.
import './graph/search.js';
import './graph/border.js';
import './graph/clients.js';
import './graph/cost.js';
import './graph/graphql-over-http.js';
import './graph/partial-failure.js';
import './graph/portal.js';
