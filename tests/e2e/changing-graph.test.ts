// They share one graph, because its start takes longer than most of them. The second deletes what others read.
import './changing-graph/versions.js';
import './changing-graph/across-borders.js';
