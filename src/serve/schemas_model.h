/* serve/schemas_model.h: shapes of what the endpoints of the model take and give; see schema.h. */
#ifndef ZHOL_SERVE_SCHEMAS_MODEL_H
#define ZHOL_SERVE_SCHEMAS_MODEL_H

/* clang-format off */
#define MODEL_HEAD "corridor:text,as_of:date,scenario:text|null"

#define MODEL_SCHEMAS(S)                                                                           \
    S(place_name, "{en:text,ru?:text,kk?:text,zh?:text}")                                          \
    S(model_place, "{id:text,name:place_name,lon:real,lat:real,country:text,kind:text}")           \
    S(places, "{" MODEL_HEAD ",items:[model_place]}")                                              \
    S(commodity, "{id:text,name:text,class:text,perishable:bool,dangerous:bool}")                  \
    S(commodities, "{" MODEL_HEAD ",items:[commodity]}")                                           \
    S(map_node, "{id:text,name:text,lon:real,lat:real,country:text,kind:text,status?:text,"        \
                "crossing:bool}")                                                                  \
    S(way_status, "'operating'|'closed'|'building'|'agreed'|'planned'|'study'")                    \
    S(way_state, "{from:date|null,to:date|null,status:way_status,supposed:bool}")                  \
    S(map_link, "{id:text,from:text,to:text,mode:text,gauges:[int],name:text,opened:date|null,"    \
                "opened_known:bool,geometry:[[real]],status?:way_status,supposed?:bool,"           \
                "states?:[way_state]}")                                                            \
    S(map_event, "{date:date,until:date|null,what:'opened'|'agreed'|'promised'|'begun'|'closed'|"  \
                 "'other',kind:text,id:text,table:text,name:text,text:text|null,place:text|null,"  \
                 "link:text|null}")                                                                \
    S(crossing_count, "{operating:int,planned:int}")                                               \
    S(map, "{" MODEL_HEAD ",date:date,links:[map_link],nodes:[map_node],events:[map_event],"       \
           "counts:{rail_crossings_kz_cn:crossing_count}}")                                        \
    S(timeline, "{" MODEL_HEAD ",links:[map_link],nodes:[map_node],events:[map_event]}")           \
    S(dossier_column, "{code:text,title:text,kind:'text'|'number'|'date'}")                        \
    S(dossier_row, "{cells:[any],current:bool,source:text|null,printed?:text,corrected?:text,"     \
                   "why?:text}")                                                                   \
    S(dossier_section, "{code:text,title:text,columns:[dossier_column],rows:[dossier_row]}")       \
    S(model_source, "{id:text,title:text,publisher:text,date:date|null,url:text,kind:text}")       \
    S(dossier, "{" MODEL_HEAD ",date:date,table:text,table_name:text,id:text,name:text,"           \
               "sections:[dossier_section],sources:[model_source]}")                               \
    S(plan, "{corridor:text,as_of:date,date:date,scenario:text|null,itinerary_count:int,"          \
            "itineraries:[any],why?:why,...}")                                                     \
    S(why, "{place:text,why:text,text:text}")                                                      \
    S(assign_item, "{id:text,name:text,unit:text,per:text,unit_name:text,per_name:text,"           \
                   "value:real,stated:real,use_day:real,"                                          \
                   "capacity_day:real,dual_usd_day:real,assumed:bool,changed:bool,source:text}")   \
    S(assign, "{" MODEL_HEAD ",from:date,to:date,hold:'border'|'crossing'|'none',demand:real,"     \
              "wanted_t_day:real,carried_t_day:real,carried_teu_day:real,unmet_t_day:real,"        \
              "no_way_t_day:real,base_unmet_t_day:real,cost_usd_day:real,base_cost_usd_day:real,"  \
              "certificate:{primal_usd_day:real,dual_usd_day:real,gap:real,violation:real},"       \
              "items:[assign_item]}")                                                              \
    S(evidence, "{id:text,table:text,from:date|null,to:date|null,value:real|null,low:real|null,"   \
                "high:real|null,state:text|null,counts:bool,keeps:bool,source:text}")              \
    S(promise, "{id:text,name:text,state:'met'|'open'|'behind'|'missed'|'unknown',"                \
               "since:date|null,late:bool,made:date|null,due:date|null,progress:real|null,"        \
               "expected:real|null,evidence:[evidence],...}")                                      \
    S(promises, "{" MODEL_HEAD ",date:date,known:date,not_yet_made:int,items:[promise]}")          \
    S(claim, "{id:text,table:text,facts:text,subject:text,value:real|null,...}")                   \
    S(comparison, "{id:text,name:text,facts:text,left:real|null,right:real|null,"                  \
                  "tolerance:real|null,unit:text,verdict:'agrees'|'differs'|'fault',why:text}")    \
    S(claims, "{" MODEL_HEAD ",items:[claim],comparisons:[comparison]}")                           \
    S(ogc_document, "{...}")                                                                       \
    S(feature, "{type:'Feature',id:text,geometry:{type:text,coordinates:any},properties:{...}}")   \
    S(feature_collection, "{type:'FeatureCollection',features:[any],...}")
/* clang-format on */

#endif
