// They share one graph, because its start takes longer than most of them. The last one has Europe read a country again.
import './changing-graph/versions.js';
import './changing-graph/across-borders.js';
import './changing-graph/portal.js';
